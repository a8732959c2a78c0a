"""What differs between machines and forces: settings and reference data. Read by the entry points, handed down."""

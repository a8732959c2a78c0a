"""Pages of registered people: the registration, what is due, notifications, and how somebody is registered."""

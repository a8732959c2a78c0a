"""Orderwatch: protective orders, what falls due under them, and who must act."""

"""Orders: lists, one order, its reasons, recording an order and what happened to it."""

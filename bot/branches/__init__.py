"""Menus, the choice of a branch, and the screen of a branch."""

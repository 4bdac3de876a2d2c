"""How the pictures and letters of the example school were made."""

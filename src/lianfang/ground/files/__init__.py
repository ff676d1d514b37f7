"""Papers and photos: content-addressed, sealed, checked on the way in."""

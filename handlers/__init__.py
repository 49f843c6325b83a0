"""What people may ask: one file for each command, one menu, one desk that answers. Knows no platform."""

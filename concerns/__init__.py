"""The rules of escalation: pure values and functions, standard library only; no clock, no chance, no input or output."""

"""What a kiosk's customer pays for, as kiosk and biller call it."""

WATER, ELECTRICITY = "water", "electricity"

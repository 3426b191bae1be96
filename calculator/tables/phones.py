"""The numbers to call."""

from __future__ import annotations

# Numbers to call. NHS 111: https://www.nhs.uk/nhs-services/urgent-and-emergency-care-services/
EMERGENCY_PHONES = "999 (UK), 112 (EU) or 911 (US)"
URGENT_PHONE = "NHS 111"
POISON_HELP_PHONE = "1-800-222-1222"  # United States; hrsa-poison-help

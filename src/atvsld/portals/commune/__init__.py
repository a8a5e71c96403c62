"""The commune's plain screens: for somebody who does this twice a year, on a phone, also without a line."""

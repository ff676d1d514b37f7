"""How a briefing is read, what it quotes, and how it stands on paper."""

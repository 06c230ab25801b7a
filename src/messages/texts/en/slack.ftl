slack-name = Emulation movement
slack-about = Report achievements, verify in the unit, weekly results
slack-close = Close
slack-shortcut-message = Report this achievement
slack-shortcut-message-about = Begin a report from this message, with its link as evidence
slack-shortcut-new = Report an achievement
slack-shortcut-new-about = Open the report form

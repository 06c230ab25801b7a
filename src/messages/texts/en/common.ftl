not-authorised = You are not authorised for this function.
not-understood = Not understood. Type /trogiup for help.
error = Something went wrong and nothing was done. Please try again later.
outdated-button = This button is out of date and no longer works. Please use the latest message.

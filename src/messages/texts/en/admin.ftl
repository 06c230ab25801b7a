# The administrator's command line.
admin = Administers the emulation movement's chat channel.
admin-opt-lang = language of the output: vi or en
admin-opt-help = show help
admin-help-command = show help for a command
admin-opt-on = day of effect, e.g. 05/07/2024 (day/month/year); today by default

admin-roster = The roster of staff and students.
admin-roster-template = Write an empty roster file (.xlsx or .csv).
admin-roster-import = Import a roster from an .xlsx or .csv file: all of it, or nothing when a row is wrong.
admin-arg-template-file = file to write, ending in .xlsx or .csv
admin-arg-roster-file = roster file, ending in .xlsx or .csv
admin-template-written = Wrote the template { $file }.
admin-roster-refused = Nothing was imported: { $n ->
    [one] one fault
   *[other] { $n } faults
} to put right.
admin-roster-done = Imported { $people } people: { $added } added, { $changed } changed, { $moved } moved, { $left } left, { $rolesGiven } roles given, { $rolesEnded } roles ended.
admin-roster-ignored = Columns not used: { $columns }.

admin-units = The units.
admin-units-import = Import units from a JSON file; without a file, the list that ships.
admin-arg-units-file = JSON file; the 102 units that ship by default
admin-opt-units-on = first day of units for which the file names none; today by default
admin-units-done = Imported { $total } units: { $added } added, { $changed } changed.
admin-units-list = List the units that exist, with the number of their people.
admin-units-line = { $code }  { $name } ({ $people } people)

admin-invite = Enrolment codes.
admin-invite-person = Make personal enrolment codes, each for one use.
admin-invite-unit = Make a unit's enrolment code; the head confirms each person.
admin-arg-person-codes = codes of staff or students
admin-arg-unit-code = unit code
admin-opt-all = everyone without an account
admin-opt-bot = the bot's user name on Telegram, to write links as well
admin-opt-out = write a .csv file instead of the screen
admin-opt-until = last day the code works
admin-invite-line = { $code }  { $name }  { $unit }
admin-invites-made = { $n ->
    [one] One enrolment code.
   *[other] { $n } enrolment codes.
} The recipient types “start” in a private chat with the bot, then the code when asked.
invite-column-person-code = Code
invite-column-name = Full name
invite-column-unit = Unit
invite-column-code = Enrolment code
invite-column-link = Link
invite-bot-wrong = “{ $value }” is not the user name of a Telegram bot, for example: thidua75_bot.
invite-whom = Name people by code, or use --all, not both.
invite-person-unknown = Nobody has the code { $codes }, or they belong to no unit now. No code was made.
invite-unit-unknown = No unit has the code { $code }. See the codes with: units list.

admin-accounts = Enrolled accounts.
admin-accounts-list = Lists everyone's accounts, or those of the people named by code.
admin-accounts-unlink = Unlinks an account that is lost or in other hands; the person enrols again with a new code.
admin-arg-account = the account as listed, e.g. telegram:123456:789
admin-account-line = { $account }  { $code }  { $name }  since { $since }{ $state ->
    [away] {" "} cannot be written to
   *[reachable] {""}
}
admin-accounts-shown = { $n ->
    [0] No accounts.
   *[other] { $n } accounts.
}
admin-account-unlinked = The account { $account } of { $name } is unlinked.
account-person-unknown = Nobody has the code { $codes }.
account-unknown = Nobody is enrolled with the account { $account }. See accounts list.

admin-grant = Give a role (also outside the person's own unit).
admin-revoke = End a role.
admin-arg-role = a role in English or Vietnamese: { $roles }
admin-arg-person = the person's code
admin-opt-role-unit = code of the unit of a head, deputy or focal officer; by default the person's own
admin-opt-role-scope = what an overseer oversees: political_schools or students
admin-roles = List who holds which role, from when until when.
admin-role-line = { $role }{ $unit ->
    [none] {""}
   *[other] {" "}({ $unit })
}: { $name } ({ $code }), from { $from }{ $to ->
    [open] {""}
   *[other] {" "}until { $to }
}{ $origin ->
    [chat] , given by { $by }
    [delegation] , in place of { $by }
   *[file] {""}
}
admin-roles-shown = { $n ->
    [0] Nobody holds this role.
    [one] { $n } role.
   *[other] { $n } roles.
}
admin-opt-role-until = last day of the role
admin-role-given = { $name } is now { $role }{ $unit ->
    [none] {""}
   *[other] {" "}({ $unit })
}.
admin-role-ended = { $name } is no longer { $role }{ $unit ->
    [none] {""}
   *[other] {" "}({ $unit })
}.
role-word-wrong = There is no role “{ $value }”; choose one of: { $roles }.
role-scope-needed = An overseer needs a scope: --scope political_schools or --scope students.
role-person-unknown = Nobody has the code { $code }.
role-unit-unknown = No unit has the code { $code }.
role-unit-needed = { $name } belongs to no unit now; name one with --unit.
role-unit-for-campaign = This role belongs to no unit; leave --unit out.
role-unit-gone = The unit { $unit } no longer exists; name another one.
role-until-past = The last day must be after today.
role-not-held = { $name } does not hold this role.

admin-letters = Messages that could not be delivered and wait for a decision.
admin-letters-list = List them, latest first.
admin-letters-resend = Send one again.
admin-letters-drop = Give one up.
admin-arg-letter = the message's number in the list
admin-letter-line = { $id }  { $at }  { $lane }  { $reason }: { $cause }  “{ $notice }”
admin-letters-shown = { $n ->
    [0] No messages.
    [one] One message.
   *[other] { $n } messages.
}
admin-letter-resent = The message is queued again.
admin-letter-dropped = The message is given up.
letter-bug = refused by the platform
letter-held = perhaps sent, perhaps not
letter-gone = the recipient is no longer there
letter-expired = too late
letter-unknown = There is no message { $id }.

admin-campaign = The campaign.
admin-campaign-check = Check a campaign file.
admin-arg-campaign-file = campaign file; the one in use by default
admin-campaign-good = The file is good: { $name }, { $from } to { $to }, { $items } content items, { $schedules } schedules.
admin-texts = The office's own wording.
admin-texts-check = Check a folder of own texts (vi.ftl, en.ftl).
admin-arg-texts-folder = folder; by default the one of TEXTS
admin-texts-good = { $folder }: can be used. Start the bot again to apply it.
admin-texts-find = Find shipped texts, with the keys under which to word them otherwise.
admin-arg-texts-words = words to look for, or part of a key
admin-texts-found = { $n } texts found, { $shown } shown.
texts-none = There is no folder: write it after the command, or set TEXTS.

admin-day-wrong = “{ $value }” is not a day; write day/month/year, e.g. 05/07/2024.
admin-database-away = The database cannot be reached: { $why }

usage-title = Usage:
usage-options = Options:
usage-arguments = Arguments:
usage-commands = Commands:
usage-argument-missing = The argument { $name } is missing. See --help.
usage-value-missing = The option { $name } needs a value. See --help.
usage-option-unknown = There is no option { $name }. See --help.
usage-command-unknown = There is no command { $name }. See --help.
usage-too-many = Too many arguments. See --help.

file-unreadable = The file { $file } cannot be read: { $why }
file-empty = The file { $file } is empty.
file-kind-unknown = The file { $file } is neither .xlsx nor .csv. Save it as one of these.
file-not-xlsx = The file { $file } is not an Excel workbook (.xlsx) or is damaged. Open it in Excel and save it again.
file-not-utf8 = The file { $file } is not UTF-8. In Excel, save as “CSV UTF-8”.
file-not-csv = The file { $file } is not well-formed CSV, mostly because a quote is not closed: { $why }
file-exists = The file { $file } exists; choose another name.
file-unwritable = The file { $file } cannot be written: { $why }

template-sheet-roster = Roster
template-sheet-columns = Columns
template-sheet-units = Unit codes
template-column = Column
template-required = Required
template-content = Content
template-yes = yes
template-no = no
template-unit-code = Unit code
template-unit-name = Unit name
template-about-code = The person's own code, by which a later import recognises them.
template-about-name = Full name with its marks.
template-about-unit = Code or name of the unit, as in the sheet Unit codes.
template-about-audience = staff or student.
template-about-role = head, deputy, reporter (focal officer), office (the council's standing office), council, leadership, overseer political_schools, overseer students, mobiliser, press, finance, or empty; several parted by commas.
template-about-cohort = Class or course of a student; empty for staff.
template-about-email = Official e-mail address.
template-about-phone = Phone number, for enrolling by shared contact in Telegram.
template-about-from = First day in the unit (day/month/year); empty means the day of import.
template-about-to = Last day in the unit; empty while unknown.

roster-empty = Row { $row }: the file has no content.
roster-no-rows = Row { $row }: there are no rows under the headings.
roster-column-missing = Row { $row }: the column “{ $column }” is missing.
roster-column-twice = Row { $row }: the column “{ $column }” is there twice.
roster-row-too-long = Row { $row }: there are cells beyond the columns with headings; put text with commas in quotes.
roster-value-missing = Row { $row }: “{ $column }” is missing.
roster-name-wrong = Row { $row }: “{ $value }” is not a name.
roster-audience-wrong = Row { $row }: the audience “{ $value }” is unknown; write staff or student.
roster-role-wrong = Row { $row }: the role “{ $value }” is not known; write head, deputy, reporter, office, council, leadership, overseer political_schools, overseer students, mobiliser, press, finance, or leave it empty.
roster-cohort-wrong = Row { $row }: the class “{ $value }” is longer than 60 characters.
roster-student-role = Row { $row }: a student holds no role that verifies reports.
roster-email-wrong = Row { $row }: “{ $value }” is not an e-mail address.
roster-phone-wrong = Row { $row }: “{ $value }” is not a phone number; e.g. 0912345678.
roster-date-wrong = Row { $row }: “{ $value }” is not a date; write day/month/year, e.g. 05/07/2024.
roster-dates-reversed = Row { $row }: the last day is before the first.
roster-code-twice = Row { $row }: the code { $value } is already in row { $other }.
roster-email-twice = Row { $row }: the address { $value } is already in row { $other }.
roster-email-taken = Row { $row }: the address { $value } belongs to the person with code { $code }.
roster-unit-unknown = Row { $row }: there is no unit “{ $value }”; see the codes with: units list.
roster-unit-ambiguous = Row { $row }: several units are named “{ $value }”; write the unit's code.
roster-unit-gone = Row { $row }: the unit { $value } does not exist in that time.
roster-from-needed = Row { $row }: this person leaves before the first day; write the first day.
roster-from-too-early = Row { $row }: this person is in another unit since { $date }; they can only move after that day.
roster-overlap = Row { $row }: this overlaps with a unit the person belongs to from { $date }.

admin-slack = The Slack app.
admin-slack-manifest = Print the manifest from which the Slack app is made; needs no database.
admin-opt-slack-url = https address of this server when Slack delivers by HTTP; Socket Mode when left out
admin-opt-slack-out = write to a file instead of printing
admin-slack-written = { $file } written.
admin-slack-url-wrong = "{ $value }" is not an https address. Example: https://bot.example.vn

admin-people = People of the roster.
admin-people-move = Move a person to another unit; results so far stay with the old one.
admin-opt-move-to = code of the new unit
admin-opt-move-on = first day in the new unit; today by default
admin-moved = { $name } moves from { $from } to { $to } on { $date }; { $roles } roles in the old unit end.
move-no-unit = { $name } belongs to no unit on { $date }.
move-same = { $name } belongs to { $unit } already.
move-later = { $name } moves again after { $date }; please import the roster instead.
admin-units-merge = Merge units into one that exists, or a new one.
admin-arg-merge-codes = codes of the units that end
admin-opt-merge-into = code of the unit they become part of
admin-opt-merge-name = its Vietnamese name, when it is a new unit
admin-opt-merge-name-en = its English name, when it is a new unit
admin-opt-merge-roles = end: heads, deputies and focal officers are that no more; go: they are the same in the other unit
admin-opt-merge-on = first day after the merger; today by default
admin-merged = Merged into { $into } on { $date }: { $people } people, { $rooms } groups, { $reports } reports waiting.
merge-future = A merger is entered on { $date } or later.
merge-into-itself = The unit { $code } cannot merge into itself.
merge-known = The unit { $code } exists; leave --name out.
merge-new-name = There is no unit { $code }; for a new one give --name, and a code of small letters without marks, digits and hyphens.
merge-began = { $unit } did not exist before { $date }.
merge-roles-wrong = --roles is end or go, not “{ $value }”.

# Dòng lệnh của Thường trực Hội đồng / The administrator's command line.
admin = Quản trị kênh hỗ trợ phong trào thi đua.
admin-opt-lang = ngôn ngữ của kết quả: vi hoặc en
admin-opt-help = hướng dẫn
admin-help-command = hướng dẫn về một lệnh
admin-opt-on = ngày có hiệu lực, ví dụ 05/07/2024; mặc định là hôm nay

admin-roster = Danh sách cán bộ, học viên.
admin-roster-template = Ghi tệp mẫu danh sách (.xlsx hoặc .csv).
admin-roster-import = Nhập danh sách từ tệp .xlsx hoặc .csv: nhập toàn bộ, hoặc không nhập gì nếu có dòng sai.
admin-arg-template-file = tệp sẽ ghi, đuôi .xlsx hoặc .csv
admin-arg-roster-file = tệp danh sách, đuôi .xlsx hoặc .csv
admin-template-written = Đã ghi tệp mẫu { $file }.
admin-roster-refused = Chưa nhập dòng nào: có { $n } chỗ cần sửa.
admin-roster-done = Đã nhập { $people } người: thêm mới { $added }, sửa thông tin { $changed }, chuyển đơn vị { $moved }, thôi thuộc đơn vị { $left }, giao { $rolesGiven } chức vụ, thôi { $rolesEnded } chức vụ.
admin-roster-ignored = Các cột không sử dụng: { $columns }.

admin-units = Danh sách đơn vị.
admin-units-import = Nhập đơn vị từ tệp JSON; không nêu tệp thì nhập danh sách có sẵn.
admin-arg-units-file = tệp JSON; mặc định là 102 đơn vị có sẵn
admin-opt-units-on = ngày đơn vị bắt đầu có hiệu lực nếu tệp không ghi; mặc định là hôm nay
admin-units-done = Đã nhập { $total } đơn vị: thêm mới { $added }, sửa { $changed }.
admin-units-list = Liệt kê đơn vị đang hoạt động và số người.
admin-units-line = { $code }  { $name } ({ $people } người)

admin-invite = Mã đăng ký.
admin-invite-person = Tạo mã đăng ký cá nhân, dùng một lần.
admin-invite-unit = Tạo mã đăng ký chung của đơn vị; thủ trưởng xác nhận từng người.
admin-arg-person-codes = mã cán bộ, học viên
admin-arg-unit-code = mã đơn vị
admin-opt-all = tất cả những người chưa có tài khoản
admin-opt-bot = tên của bot trên Telegram, để ghi cả đường dẫn
admin-opt-out = ghi ra tệp .csv thay vì in ra màn hình
admin-opt-until = ngày cuối cùng mã còn hiệu lực
admin-invite-line = { $code }  { $name }  { $unit }
admin-invites-made = Có { $n } mã đăng ký. Người nhận gõ “bắt đầu” trong cuộc trò chuyện riêng rồi nhập mã khi được hỏi.
invite-column-person-code = Mã cán bộ
invite-column-name = Họ và tên
invite-column-unit = Đơn vị
invite-column-code = Mã đăng ký
invite-column-link = Đường dẫn
invite-bot-wrong = “{ $value }” không phải tên của một bot Telegram, ví dụ: thidua75_bot.
invite-whom = Đề nghị nêu mã cán bộ, hoặc dùng --all, không dùng cả hai.
invite-person-unknown = Không có người mang mã { $codes } hoặc người đó hiện không thuộc đơn vị nào. Chưa tạo mã nào.
invite-unit-unknown = Không có đơn vị mang mã { $code }. Xem mã bằng lệnh units list.

admin-accounts = Tài khoản đã đăng ký.
admin-accounts-list = Liệt kê tài khoản của mọi người, hoặc của những người nêu mã.
admin-accounts-unlink = Gỡ một tài khoản bị mất hoặc bị lộ; người đó đăng ký lại bằng mã mới.
admin-arg-account = tài khoản như trong danh sách, ví dụ telegram:123456:789
admin-account-line = { $account }  { $code }  { $name }  từ { $since }{ $state ->
    [away] {" "} không gửi tin đến được
   *[reachable] {""}
}
admin-accounts-shown = { $n ->
    [0] Không có tài khoản nào.
   *[other] { $n } tài khoản.
}
admin-account-unlinked = Đã gỡ tài khoản { $account } của { $name }.
account-person-unknown = Không có người mang mã { $codes }.
account-unknown = Không ai đăng ký bằng tài khoản { $account }. Xem bằng lệnh accounts list.

admin-grant = Giao chức vụ (cả ngoài đơn vị của người đó).
admin-revoke = Thôi giao chức vụ.
admin-arg-role = chức vụ, tiếng Anh hoặc tiếng Việt: { $roles }
admin-arg-person = mã cán bộ
admin-opt-role-unit = mã đơn vị của thủ trưởng, cấp phó, đầu mối; mặc định là đơn vị của người đó
admin-opt-role-scope = phạm vi của overseer: political_schools (các trường chính trị) hoặc students (học viên)
admin-roles = Liệt kê ai giữ chức vụ gì, từ ngày nào đến ngày nào.
admin-role-line = { $role }{ $unit ->
    [none] {""}
   *[other] {" "}({ $unit })
}: { $name } ({ $code }), từ { $from }{ $to ->
    [open] {""}
   *[other] {" "}đến hết { $to }
}{ $origin ->
    [chat] , { $by } giao
    [delegation] , { $by } ủy quyền
   *[file] {""}
}
admin-roles-shown = { $n ->
    [0] Không có ai giữ chức vụ này.
   *[other] { $n } chức vụ.
}
admin-opt-role-until = ngày cuối cùng giữ chức vụ
admin-role-given = Đã giao chức vụ { $role } cho { $name }{ $unit ->
    [none] {""}
   *[other] {" "}({ $unit })
}.
admin-role-ended = { $name } đã thôi chức vụ { $role }{ $unit ->
    [none] {""}
   *[other] {" "}({ $unit })
}.
role-word-wrong = Không có chức vụ “{ $value }”; chọn một trong: { $roles }.
role-scope-needed = Chức vụ overseer cần phạm vi: --scope political_schools hoặc --scope students.
role-person-unknown = Không có người mang mã { $code }.
role-unit-unknown = Không có đơn vị mang mã { $code }.
role-unit-needed = { $name } hiện không thuộc đơn vị nào; đề nghị nêu --unit.
role-unit-for-campaign = Chức vụ này không gắn với đơn vị; đề nghị bỏ --unit.
role-unit-gone = Đơn vị { $unit } không còn tồn tại; đề nghị nêu đơn vị khác.
role-until-past = Ngày kết thúc phải sau hôm nay.
role-not-held = { $name } không giữ chức vụ này.

admin-letters = Tin nhắn không gửi được, chờ quyết định.
admin-letters-list = Liệt kê, mới nhất trước.
admin-letters-resend = Gửi lại một tin.
admin-letters-drop = Bỏ một tin.
admin-arg-letter = số của tin trong danh sách
admin-letter-line = { $id }  { $at }  { $lane }  { $reason }: { $cause }  “{ $notice }”
admin-letters-shown = { $n ->
    [0] Không có tin nào.
   *[other] { $n } tin.
}
admin-letter-resent = Tin đã được xếp hàng gửi lại.
admin-letter-dropped = Đã bỏ tin.
letter-bug = bị nền tảng từ chối
letter-held = chưa rõ đã gửi hay chưa
letter-gone = người nhận không còn dùng
letter-expired = quá hạn
letter-unknown = Không có tin số { $id }.

admin-campaign = Phong trào.
admin-campaign-check = Kiểm tra tệp phong trào.
admin-arg-campaign-file = tệp phong trào; mặc định là tệp đang dùng
admin-campaign-good = Tệp hợp lệ: { $name }, từ { $from } đến { $to }, { $items } nội dung thi đua, { $schedules } lịch gửi.
admin-texts = Cách diễn đạt của đơn vị tổ chức.
admin-texts-check = Kiểm tra thư mục diễn đạt riêng (vi.ftl, en.ftl).
admin-arg-texts-folder = thư mục; mặc định là thư mục trong TEXTS
admin-texts-good = { $folder }: dùng được. Khởi động lại hệ thống để áp dụng.
admin-texts-find = Tìm câu chữ có sẵn, kèm khóa để diễn đạt lại.
admin-arg-texts-words = từ cần tìm, hoặc một phần của khóa
admin-texts-found = Tìm thấy { $n } câu, hiển thị { $shown }.
texts-none = Chưa có thư mục nào: ghi thư mục sau lệnh, hoặc đặt TEXTS.

admin-day-wrong = “{ $value }” không phải là ngày; viết ngày/tháng/năm, ví dụ 05/07/2024.
admin-database-away = Không kết nối được cơ sở dữ liệu: { $why }

usage-title = Cách dùng:
usage-options = Tùy chọn:
usage-arguments = Tham số:
usage-commands = Lệnh:
usage-argument-missing = Thiếu tham số { $name }. Xem hướng dẫn bằng --help.
usage-value-missing = Tùy chọn { $name } thiếu giá trị. Xem hướng dẫn bằng --help.
usage-option-unknown = Không có tùy chọn { $name }. Xem hướng dẫn bằng --help.
usage-command-unknown = Không có lệnh { $name }. Xem hướng dẫn bằng --help.
usage-too-many = Thừa tham số. Xem hướng dẫn bằng --help.

file-unreadable = Không đọc được tệp { $file }: { $why }
file-empty = Tệp { $file } trống.
file-kind-unknown = Tệp { $file } không phải .xlsx hoặc .csv. Đề nghị lưu lại theo một trong hai dạng này.
file-not-xlsx = Tệp { $file } không phải là sổ Excel (.xlsx) hoặc đã hỏng. Đề nghị mở bằng Excel và lưu lại.
file-not-utf8 = Tệp { $file } không dùng bảng mã UTF-8. Trong Excel, chọn lưu dạng “CSV UTF-8”.
file-not-csv = Tệp { $file } sai cấu trúc CSV, thường do dấu ngoặc kép không đóng: { $why }
file-exists = Tệp { $file } đã có; đề nghị chọn tên khác.
file-unwritable = Không ghi được tệp { $file }: { $why }

template-sheet-roster = Danh sách
template-sheet-columns = Hướng dẫn
template-sheet-units = Mã đơn vị
template-column = Cột
template-required = Bắt buộc
template-content = Nội dung
template-yes = có
template-no = không
template-unit-code = Mã đơn vị
template-unit-name = Tên đơn vị
template-about-code = Mã riêng của mỗi người; lần nhập sau nhận ra người theo mã này.
template-about-name = Họ và tên đầy đủ, có dấu.
template-about-unit = Mã hoặc tên đơn vị, theo trang Mã đơn vị.
template-about-audience = cán bộ hoặc học viên.
template-about-role = thủ trưởng, cấp phó, đầu mối, thường trực hội đồng, hội đồng, lãnh đạo, theo dõi trường chính trị, theo dõi học viên, đoàn thể, báo chí, tài chính, hoặc để trống; nhiều chức vụ cách nhau bằng dấu phẩy.
template-about-cohort = Lớp hoặc khóa của học viên, sinh viên; để trống đối với cán bộ.
template-about-email = Thư điện tử công vụ.
template-about-phone = Số điện thoại, dùng khi đăng ký bằng cách gửi danh thiếp trong Telegram.
template-about-from = Ngày bắt đầu thuộc đơn vị (ngày/tháng/năm); để trống là ngày nhập.
template-about-to = Ngày cuối cùng thuộc đơn vị; để trống nếu chưa biết.

roster-empty = Dòng { $row }: tệp không có nội dung.
roster-no-rows = Dòng { $row }: dưới dòng tiêu đề không có dòng nào.
roster-column-missing = Dòng { $row }: thiếu cột “{ $column }”.
roster-column-twice = Dòng { $row }: cột “{ $column }” xuất hiện hai lần.
roster-row-too-long = Dòng { $row }: có ô nằm ngoài các cột có tiêu đề; nội dung có dấu phẩy cần đặt trong ngoặc kép.
roster-value-missing = Dòng { $row }: thiếu “{ $column }”.
roster-name-wrong = Dòng { $row }: “{ $value }” không phải là họ tên.
roster-audience-wrong = Dòng { $row }: đối tượng “{ $value }” không hợp lệ; ghi cán bộ hoặc học viên.
roster-role-wrong = Dòng { $row }: chức vụ “{ $value }” không hợp lệ; ghi thủ trưởng, cấp phó, đầu mối, thường trực hội đồng, hội đồng, lãnh đạo, theo dõi trường chính trị, theo dõi học viên, đoàn thể, báo chí, tài chính hoặc để trống.
roster-cohort-wrong = Dòng { $row }: lớp “{ $value }” dài quá 60 ký tự.
roster-student-role = Dòng { $row }: học viên không giữ chức vụ xác nhận báo cáo.
roster-email-wrong = Dòng { $row }: “{ $value }” không phải là địa chỉ thư điện tử.
roster-phone-wrong = Dòng { $row }: “{ $value }” không phải là số điện thoại; ví dụ 0912345678.
roster-date-wrong = Dòng { $row }: “{ $value }” không phải là ngày; viết ngày/tháng/năm, ví dụ 05/07/2024.
roster-dates-reversed = Dòng { $row }: “đến ngày” trước “từ ngày”.
roster-code-twice = Dòng { $row }: mã { $value } đã có ở dòng { $other }.
roster-email-twice = Dòng { $row }: địa chỉ { $value } đã có ở dòng { $other }.
roster-email-taken = Dòng { $row }: địa chỉ { $value } đang thuộc người mang mã { $code }.
roster-unit-unknown = Dòng { $row }: không có đơn vị “{ $value }”; xem mã bằng lệnh units list.
roster-unit-ambiguous = Dòng { $row }: có nhiều đơn vị tên “{ $value }”; đề nghị ghi mã đơn vị.
roster-unit-gone = Dòng { $row }: đơn vị { $value } không còn hoạt động trong thời gian này.
roster-from-needed = Dòng { $row }: người này thôi thuộc đơn vị trước ngày bắt đầu; đề nghị ghi “từ ngày”.
roster-from-too-early = Dòng { $row }: người này đang thuộc đơn vị khác từ { $date }; ngày chuyển phải sau ngày đó.
roster-overlap = Dòng { $row }: trùng thời gian với đơn vị mà người này thuộc từ { $date }.

admin-slack = Ứng dụng Slack.
admin-slack-manifest = In tệp manifest để tạo ứng dụng Slack; không cần cơ sở dữ liệu.
admin-opt-slack-url = địa chỉ https của máy chủ này, khi Slack gửi sự kiện qua HTTP; không nêu thì dùng Socket Mode
admin-opt-slack-out = ghi ra tệp thay vì in ra màn hình
admin-slack-written = Đã ghi { $file }.
admin-slack-url-wrong = "{ $value }" không phải địa chỉ https. Ví dụ: https://bot.example.vn

admin-people = Người trong danh sách.
admin-people-move = Chuyển một người sang đơn vị khác; kết quả đã có vẫn thuộc đơn vị cũ.
admin-opt-move-to = mã đơn vị mới
admin-opt-move-on = ngày đầu tiên ở đơn vị mới; mặc định là hôm nay
admin-moved = { $name } chuyển từ { $from } sang { $to } từ ngày { $date }; { $roles } chức vụ ở đơn vị cũ kết thúc.
move-no-unit = { $name } không thuộc đơn vị nào vào ngày { $date }.
move-same = { $name } đã thuộc { $unit }.
move-later = { $name } có lần chuyển khác sau ngày { $date }; đề nghị nhập lại danh sách.
admin-units-merge = Sáp nhập các đơn vị vào một đơn vị có sẵn hoặc mới.
admin-arg-merge-codes = mã các đơn vị kết thúc
admin-opt-merge-into = mã đơn vị tiếp nhận
admin-opt-merge-name = tên tiếng Việt, khi đơn vị tiếp nhận là đơn vị mới
admin-opt-merge-name-en = tên tiếng Anh của đơn vị mới
admin-opt-merge-roles = end: thủ trưởng, cấp phó, đầu mối thôi chức vụ; go: giữ chức vụ ấy ở đơn vị tiếp nhận
admin-opt-merge-on = ngày đầu tiên sau khi sáp nhập; mặc định là hôm nay
admin-merged = Đã sáp nhập vào { $into } từ ngày { $date }: { $people } người, { $rooms } nhóm, { $reports } báo cáo chờ xác nhận.
merge-future = Việc sáp nhập được nhập vào ngày { $date } hoặc sau đó.
merge-into-itself = Đơn vị { $code } không thể sáp nhập vào chính nó.
merge-known = Đơn vị { $code } đã có; đề nghị bỏ --name.
merge-new-name = Chưa có đơn vị { $code }; để lập đơn vị mới, đề nghị nêu --name và mã gồm chữ thường không dấu, số, gạch nối.
merge-began = { $unit } chưa tồn tại trước ngày { $date }.
merge-roles-wrong = --roles là end hoặc go, không phải “{ $value }”.

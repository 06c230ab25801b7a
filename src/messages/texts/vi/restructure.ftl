moved-told = Từ ngày { $date } đồng chí thuộc { $to } (trước đó thuộc { $from }).
moved-told-reports = Báo cáo đã gửi vẫn thuộc đơn vị cũ và do đơn vị cũ xác nhận; báo cáo mới do đơn vị mới xác nhận.
merged-room = Từ ngày { $date }, { $from } sáp nhập vào { $to }. Nhóm này nhận kết quả hằng tuần của { $to }; kết quả các tuần trước giữ nguyên.
merged-leader = Từ ngày { $date }, { $from } sáp nhập vào { $to }.
merged-leader-kept = Đồng chí tiếp tục giữ chức vụ ấy ở { $to }; báo cáo đang chờ của { $from } do thủ trưởng, cấp phó của { $to } xác nhận.
merged-leader-ended = Chức vụ của đồng chí ở { $from } kết thúc; báo cáo đang chờ do thủ trưởng, cấp phó của { $to } xác nhận.

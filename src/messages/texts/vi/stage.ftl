stage-open = { $stage }: đến hết ngày { $date }.
stage-closing = { $days ->
    [0] { $stage } kết thúc hôm nay, ngày { $date }.
   *[other] { $stage } còn { $days } ngày, đến hết ngày { $date }.
}
stage-ending = Phong trào đã kết thúc ngày { $date }. Báo cáo về kết quả trong thời gian phong trào được nhận đến hết ngày { $until }.
stage-over = Phong trào đã kết thúc nhận báo cáo từ sau ngày { $date }.
stage-leave = Được gia hạn, đồng chí có thể gửi báo cáo đến hết ngày { $date }.
admin-campaign-stage = { $name }: { $from } – { $to }
admin-campaign-dates = Nhận báo cáo đến hết ngày { $reports }; đăng ký thi đua đến hết ngày { $pledges }.

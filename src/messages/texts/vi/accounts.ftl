platform-name = { $platform ->
    [telegram] Telegram
    [slack] Slack
    [playground] Trang thử
   *[other] { $platform }
}
account-title = Tài khoản của đồng chí
account-line = { $platform }: { $name }, từ { $date }
account-line-here = { $platform }: { $name }, từ { $date } (đang dùng)
account-line-unreachable = { $platform }: { $name }, từ { $date } (hiện không gửi tin đến được)
account-to = Tin nhắn được gửi đến { $platform }; khi không gửi được thì gửi đến tài khoản còn lại.
account-to-unreachable = Đồng chí đã chọn nhận tin trên { $platform }, nhưng hiện không gửi đến được, nên tin nhắn được gửi đến tài khoản còn lại.
account-to-last = Tin nhắn được gửi đến nơi đồng chí dùng gần nhất.
account-only-here = Tài khoản thứ hai chỉ thêm được từ tài khoản đang dùng, bằng mã lấy tại đây.
account-button-add = Thêm tài khoản
account-button-to = Nhận tin trên { $platform }
account-button-to-last = Nhận tin ở nơi dùng gần nhất
account-button-remove = Gỡ tài khoản { $platform }
account-button-keep = Giữ lại
account-button-show = Tài khoản của tôi
account-set-to = Tin nhắn sẽ được gửi đến { $platform }.
account-set-to-last = Tin nhắn sẽ được gửi đến nơi đồng chí dùng gần nhất.
account-add = Mã để thêm tài khoản của đồng chí:
account-add-open = Mở { $platform } và đăng ký bằng mã này
account-add-type = Trên { $platform }: mở cuộc trò chuyện riêng với hệ thống và nhập mã này.
account-add-note = Mã dùng một lần, trong { $minutes } phút. Đề nghị đồng chí không đưa mã cho người khác: ai có mã sẽ dùng được tài khoản của đồng chí.
account-none-to-add = Đồng chí đã có tài khoản ở mọi nơi hệ thống đang dùng.
account-remove-ask = Gỡ tài khoản { $platform } ({ $name })? Báo cáo và bản nháp được giữ nguyên; tài khoản này không còn nhận tin và phải đăng ký lại.
account-removed = Đã gỡ tài khoản { $platform }.
account-added = Đã thêm tài khoản { $platform } cho đồng chí. Nếu không phải do đồng chí, đề nghị gõ /taikhoan và gỡ ngay tài khoản đó.
account-was-removed = Tài khoản này đã được gỡ khỏi hệ thống. Nếu cần dùng lại, đề nghị đồng chí gõ “bắt đầu” để đăng ký.
account-outsider = Hệ thống này chỉ dành cho cán bộ, học viên của { $organisation }; mong đồng chí thông cảm.

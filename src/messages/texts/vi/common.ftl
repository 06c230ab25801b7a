# Tone: address everyone as "đồng chí"; no emoji, no exclamation marks (see docs/architecture.md).
not-authorised = Đồng chí chưa được phân quyền thực hiện chức năng này.
not-understood = Hệ thống chưa hiểu nội dung. Gõ /trogiup để xem hướng dẫn.
error = Hệ thống gặp sự cố, thao tác chưa được thực hiện. Mong đồng chí thử lại sau.
outdated-button = Nút này đã cũ và không còn tác dụng. Đề nghị đồng chí dùng tin nhắn mới nhất.

slack-name = Phong trào thi đua
slack-about = Báo cáo thành tích, xác nhận trong đơn vị, kết quả hưởng ứng hằng tuần
slack-close = Đóng
slack-shortcut-message = Báo cáo thành tích này
slack-shortcut-message-about = Lập báo cáo thành tích từ tin nhắn này, kèm đường dẫn làm minh chứng
slack-shortcut-new = Báo cáo thành tích
slack-shortcut-new-about = Mở biểu mẫu báo cáo thành tích

-- How many requests did each service answer in the last five minutes, told every minute?
-- Table: requests. Hopping windows: each request counts in five of them. Rows come once; what comes later than the
-- watermark waits is left out. State: one count for each service and minute.
SELECT window_end AS as_of, service, COUNT(*) AS requests
FROM TABLE(HOP(TABLE requests, DESCRIPTOR(requested), INTERVAL '1' MINUTE, INTERVAL '5' MINUTES))
GROUP BY window_start, window_end, service;

CREATE OR REPLACE STREAM "RESULT" (C1 VARCHAR(8), C2 VARCHAR(8), C3 VARCHAR(8), C4 VARCHAR(8), C5 VARCHAR(8), C6 VARCHAR(11), C7 VARCHAR(11), C8 VARCHAR(11), C9 VARCHAR(8), C10 VARCHAR(8));
CREATE OR REPLACE PUMP "RESULT_PUMP" AS INSERT INTO "RESULT"
SELECT STREAM
    cast ((time  '12:03:34' - time '11:57:23') minute to second as varchar(8)),
    cast ((time  '12:03:34' - time '11:57:23') second as varchar(8)),
    cast ((time  '12:03:34' - time '11:57:23') minute as varchar(8)),
    cast ((time  '12:03:23' - time '11:57:23') minute as varchar(8)),
    cast ((timestamp  '2004-05-01 12:03:34' - timestamp '2004-04-29 11:57:23') day to second as varchar(8)),
    cast ((timestamp  '2004-05-01 12:03:34' - timestamp '2004-04-29 11:57:23') day to second as varchar(11)),
    cast ((timestamp  '2004-05-01 1:03:34' - timestamp '2004-04-29 11:57:23') day to second as varchar(11)),
    cast ((timestamp  '2004-05-01 13:03:34' - timestamp '2004-04-29 11:57:23') day to second as varchar(11)),
    cast ((timestamp  '2004-05-01 12:03:34' - timestamp '2004-04-29 11:57:23') day as varchar(8)),
    cast ((date '2004-12-02' - date '2003-12-01') day  as varchar(8))
FROM "SOURCE_SQL_STREAM_001";

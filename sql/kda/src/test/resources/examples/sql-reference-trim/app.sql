CREATE OR REPLACE STREAM "RESULT" (C1 VARCHAR(40), C2 VARCHAR(40), C3 VARCHAR(40), C4 VARCHAR(40), C5 VARCHAR(40), C6 VARCHAR(40));
CREATE OR REPLACE PUMP "RESULT_PUMP" AS INSERT INTO "RESULT"
SELECT STREAM
    TRIM(' Trim front and back '),
    TRIM (BOTH FROM ' Trim front and back '),
    TRIM (BOTH ' ' FROM ' Trim front and back '),
    TRIM (LEADING 'x' FROM 'xxxTrim frontxxx'),
    TRIM (TRAILING 'x' FROM 'xxxTrimxBackxxx'),
    TRIM (BOTH 'y' FROM 'xxxNo y to trimxxx')
FROM "SOURCE_SQL_STREAM_001";

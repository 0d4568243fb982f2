CREATE OR REPLACE STREAM "highBids" ("ticker" VARCHAR(4), "shares" INTEGER, "price" INTEGER);
 CREATE PUMP "HighBidsPump" AS INSERT INTO "highBids" ( "ticker", "shares", "price")
 SELECT  "ticker", "shares", "price"
 FROM "SOURCE_SQL_STREAM_001"
 WHERE "shares"*"price">100000

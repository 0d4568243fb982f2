CREATE OR REPLACE STREAM transactionsPerCreditCard (creditCardNumber VARCHAR(16), registerID1 VARCHAR(16), registerID2 VARCHAR(16), startTime1 TIMESTAMP, endTime1 TIMESTAMP, startTime2 TIMESTAMP, endTime2 TIMESTAMP);
CREATE OR REPLACE PUMP transactionsPump AS INSERT INTO transactionsPerCreditCard
 SELECT STREAM "card", "r1", "r2", "s1", "e1", "s2", "e2" FROM "SOURCE_SQL_STREAM_001";
CREATE OR REPLACE STREAM alarmStream (alarmTime TIMESTAMP, creditCardNumber VARCHAR(16), registerID1 VARCHAR(16), registerID2 VARCHAR(16));
create pump creditCardFraudPump stopped as
 insert into alarmStream
  select stream
    current_timestamp, creditCardNumber, registerID1, registerID2
  from transactionsPerCreditCard
  where registerID1 <> registerID2
  and (startTime1, endTime1) overlaps (startTime2, endTime2)
;
ALTER PUMP creditCardFraudPump START;

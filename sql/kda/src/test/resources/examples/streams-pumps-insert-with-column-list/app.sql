CREATE OR REPLACE STREAM "INPUTSTREAM" (inputcolumn1 BIGINT, inputcolumn2 INTEGER, inputcolumn3 VARCHAR(64));
CREATE OR REPLACE PUMP "INPUTPUMP" AS INSERT INTO "INPUTSTREAM"
    SELECT STREAM inputcolumn1, inputcolumn2, inputcolumn3 FROM "INPUTSTREAM_001";
CREATE OR REPLACE STREAM "TEMPSTREAM" ( 
   "column1" BIGINT NOT NULL, 
   "column2" INTEGER, 
   "column3" VARCHAR(64));
CREATE OR REPLACE PUMP "SAMPLEPUMP" AS 
INSERT INTO "TEMPSTREAM" ("column1", 
                          "column2", 
                          "column3") 
SELECT STREAM inputcolumn1, 
              inputcolumn2, 
              inputcolumn3
FROM "INPUTSTREAM";

INSERT INTO greeting VALUES ('Hello from config/postgres');

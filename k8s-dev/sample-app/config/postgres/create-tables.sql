CREATE TABLE IF NOT EXISTS greeting (text text NOT NULL);

-- How many texts are to be indexed next.
SELECT count(*) FROM incoming_docs;

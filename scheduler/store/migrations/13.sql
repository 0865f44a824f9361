-- That an event is never replaced is said by the trigger that forbids to delete
-- one. This one was asked at each message, which took a third of recording it.
DROP TRIGGER event_is_never_replaced;

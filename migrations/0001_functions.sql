-- Fails the statement it is called in, and with it everything that statement wrote, unless as many
-- guarded rows were written as the turn expected: someone else was faster.
create function turn_guard(expected bigint, actual bigint) returns void
language plpgsql as $$
begin
  if expected is distinct from actual then
    raise exception 'a turn expected to write % guarded rows and found %', expected, actual
      using errcode = 'TC001';
  end if;
end
$$;
--> statement-breakpoint
-- Gives a chat its new id everywhere: lane, waiting messages, places of posted messages, the room.
-- Saying it again changes nothing, for platforms announce it more than once. A lane that is being
-- sent from keeps its lease; whoever holds it finds the lane again through its outbox row.
create function move_chat(in_platform text, in_tenant text, from_chat text, to_chat text) returns void
language plpgsql as $$
declare
  from_key text := in_platform || ':' || in_tenant || ':' || from_chat;
  to_key text := in_platform || ':' || in_tenant || ':' || to_chat;
begin
  if from_chat = to_chat then
    return;
  end if;

  perform 1 from lane where key in (from_key, to_key) order by key for update;
  if exists (select 1 from lane where key = to_key) then
    update outbox set lane = to_key where lane = from_key;
    update lane t
      set ready_at = least(t.ready_at, f.ready_at),
          priority = case when t.ready_at is null then f.priority
                          when f.ready_at is null then t.priority
                          else least(t.priority, f.priority) end,
          open_at = greatest(t.open_at, f.open_at)
      from lane f
      where t.key = to_key and f.key = from_key;
    delete from lane where key = from_key;
  else
    update lane set key = to_key where key = from_key;
  end if;
  update outbox set address = jsonb_set(address, '{chat}', to_jsonb(to_chat))
    where lane = to_key and address ->> 'chat' = from_chat;
  update outbox set ref = jsonb_set(ref, '{at,chat}', to_jsonb(to_chat))
    where lane = to_key and ref #>> '{at,chat}' = from_chat;

  delete from posted f where f.lane = from_key
    and exists (select 1 from posted t where t.lane = to_key and t.subject = f.subject);
  update posted set lane = to_key, address = jsonb_set(address, '{chat}', to_jsonb(to_chat))
    where lane = from_key;

  if exists (select 1 from chat_room
             where platform = in_platform and tenant = in_tenant and chat = to_chat) then
    update chat_room t
      set thread = coalesce(t.thread, f.thread), unit_id = f.unit_id,
          linked_by = f.linked_by, linked_at = f.linked_at, added_by = coalesce(t.added_by, f.added_by)
      from chat_room f
      where t.platform = in_platform and t.tenant = in_tenant and t.chat = to_chat
        and f.platform = in_platform and f.tenant = in_tenant and f.chat = from_chat
        and t.unit_id is null;
    delete from chat_room
      where platform = in_platform and tenant = in_tenant and chat = from_chat;
  else
    update chat_room set chat = to_chat
      where platform = in_platform and tenant = in_tenant and chat = from_chat;
  end if;
end
$$;

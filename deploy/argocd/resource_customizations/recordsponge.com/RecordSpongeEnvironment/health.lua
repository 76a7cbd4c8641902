-- The operator reports the state of a site, its database, certificate and route in status.conditions.
-- Argo CD's Lua has no string library.

local status = obj.status or {}
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end

local function cause(condition)
  return condition.reason .. ": " .. condition.message
end

-- What fails while the site still answers.
local function warnings()
  local summaries = {Ready = true, Reconciling = true, Stalled = true, Suspended = true}
  local text = ""
  for _, condition in ipairs(status.conditions) do
    if condition.status == "False" and not summaries[condition.type] then
      text = text .. " " .. condition.type .. " is False, " .. cause(condition)
    end
  end
  return text
end

-- After an edit the conditions describe the previous spec.
if status.observedGeneration ~= obj.metadata.generation or conditions.Ready == nil then
  return {status = "Progressing", message = "Waiting for the operator to observe the newest spec."}
end

local ready = conditions.Ready
if ready.status == "True" then
  return {status = "Healthy", message = ready.message .. warnings()}
end
if conditions.Stalled ~= nil and conditions.Stalled.status == "True" then
  return {status = "Degraded", message = cause(conditions.Stalled)}
end
if conditions.Reconciling ~= nil and conditions.Reconciling.status == "True" then
  return {status = "Progressing", message = cause(ready)}
end
-- Not ready, although the operator has nothing left to do: spec.suspend or spec.replicas is 0.
return {status = "Suspended", message = cause(ready)}

local candidate = ((obj.status or {}).release or {}).candidate
if candidate == nil or candidate.digest == nil then
  error("status.release has no candidate to approve", 0)
end
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["recordsponge.com/approve"] = candidate.digest
return obj

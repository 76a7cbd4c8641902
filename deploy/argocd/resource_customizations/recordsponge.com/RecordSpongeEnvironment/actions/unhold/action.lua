if obj.metadata.annotations ~= nil then
  obj.metadata.annotations["recordsponge.com/hold"] = nil
end
return obj

if obj.metadata.annotations ~= nil then
  obj.metadata.annotations["recordsponge.com/suspend"] = nil
end
return obj

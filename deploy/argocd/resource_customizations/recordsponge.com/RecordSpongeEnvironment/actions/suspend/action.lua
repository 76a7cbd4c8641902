obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["recordsponge.com/suspend"] = "true"
return obj

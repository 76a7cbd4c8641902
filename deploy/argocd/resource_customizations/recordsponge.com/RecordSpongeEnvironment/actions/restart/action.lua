-- The resource version is a value that the annotation has never had.
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["recordsponge.com/restart"] = obj.metadata.resourceVersion
return obj

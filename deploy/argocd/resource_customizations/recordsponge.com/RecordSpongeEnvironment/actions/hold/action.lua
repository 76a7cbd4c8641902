obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["recordsponge.com/hold"] = actionParams["reason"] or "held in Argo CD"
return obj

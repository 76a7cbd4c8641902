{{- define "operator.ownLabels" -}}
app.kubernetes.io/name: recordsponge-operator
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "operator.labels" -}}
{{ include "operator.ownLabels" . }}
{{- include "operator.furtherLabels" .Values.commonLabels }}
{{- end }}

{{- define "operator.podLabels" -}}
{{ include "operator.ownLabels" . }}
{{- include "operator.furtherLabels" (merge dict .Values.podLabels .Values.commonLabels) }}
{{- end }}

{{- define "operator.furtherLabels" -}}
{{- range $name, $value := . }}
{{- if or (hasPrefix "app.kubernetes.io/" $name) (eq $name "helm.sh/chart") }}
{{- fail (printf "commonLabels and podLabels must not set %s, which the chart sets. Use another label." $name) }}
{{- end }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{- /* Do not add labels: a Deployment's selector is immutable. */ -}}
{{- define "operator.selector" -}}
app.kubernetes.io/name: recordsponge-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "operator.image" -}}
{{- $suffix := printf ":%s" (.Values.image.tag | default .Chart.AppVersion) -}}
{{ .Values.image.repository }}{{ .Values.image.digest | empty | ternary $suffix (printf "@%s" .Values.image.digest) }}
{{- end }}

{{- /* A YAML list of the namespaces in which the operator has a Role. */ -}}
{{- define "operator.namespaces" -}}
{{- if and .Values.clusterWide .Values.watchNamespaces }}
{{- fail "clusterWide watches every namespace, so watchNamespaces must be empty. Set only one of the two." }}
{{- end }}
{{- .Values.watchNamespaces | default (list .Release.Namespace) | toYaml }}
{{- end }}

{{- /* Rules for hosts, as the operator reads them: namespace,namespace=name,name;… */ -}}
{{- define "operator.hosts" -}}
{{- $rules := list }}
{{- range .Values.hosts }}
{{- $rules = append $rules (printf "%s=%s" (join "," .namespaces) (join "," .names)) }}
{{- end }}
{{- join ";" $rules }}
{{- end }}

{{- /* The Secret with the registries file; empty for none. */ -}}
{{- define "operator.registriesSecret" -}}
{{- if .Values.registries.existingSecret }}
{{- if .Values.registries.config }}
{{- fail "registries.existingSecret replaces registries.config. Set only one of the two." }}
{{- end }}
{{- .Values.registries.existingSecret }}
{{- else if .Values.registries.config }}
{{- printf "%s-registries" .Release.Name }}
{{- else if .Values.registries.files }}
{{- fail "registries.files are named in registries.config, which is empty." }}
{{- end }}
{{- end }}

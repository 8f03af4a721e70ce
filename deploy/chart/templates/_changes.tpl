{{/*
What the values change in the objects of the overlays, which are in files/. Each takes (dict "object" … "root" $) and changes the
object where it is.
*/}}

{{- define "flowguard.levels" -}}
{{- $levels := list -}}
{{- range $id, $level := . -}}
{{- /* Unquoted, Off is the boolean false in YAML. */ -}}
{{- $levels = append $levels (printf "%s=%s" $id (ternary "Off" (toString $level | title) (or (eq (toString $level) "false") (eq (toString $level) "off")))) -}}
{{- end -}}
{{- join "," $levels -}}
{{- end -}}

{{- define "flowguard.environment" -}}
{{- $values := .Values -}}
{{- $options := dict -}}
{{- if ne $values.mode "Deny" }}{{ $_ := set $options "mode" $values.mode }}{{ end -}}
{{- with $values.findings }}{{ $_ := set $options "findings" (include "flowguard.levels" .) }}{{ end -}}
{{- with $values.implied }}{{ $_ := set $options "implied" (include "flowguard.levels" .) }}{{ end -}}
{{- range $name, $value := $values.options }}{{ $_ := set $options $name (toString $value) }}{{ end -}}
{{- $environment := list -}}
{{- range $name := keys $options | sortAlpha -}}
{{- $variable := printf "FLOWGUARD_%s" ($name | upper | replace "." "_" | replace "-" "_") -}}
{{- $environment = append $environment (dict "name" $variable "value" (get $options $name)) -}}
{{- end -}}
{{- toJson $environment -}}
{{- end -}}

{{- define "flowguard.deployment" -}}
{{- $values := .root.Values -}}
{{- $_ := set .object.spec "replicas" $values.replicas -}}
{{- $container := first .object.spec.template.spec.containers -}}
{{- $_ := set $container "image" (printf "%s:%s" $values.image.repository (default .root.Chart.AppVersion $values.image.tag)) -}}
{{- with $values.image.pullPolicy }}{{ $_ := set $container "imagePullPolicy" . }}{{ end -}}
{{- $_ := set $container "resources" $values.resources -}}
{{- $_ := set $container "env" (concat $container.env (fromJsonArray (include "flowguard.environment" .root))) -}}
{{- end -}}

{{- define "flowguard.webhooks" -}}
{{- $values := .root.Values -}}
{{- range .object.webhooks -}}
{{- range .namespaceSelector.matchExpressions -}}
{{- if eq .operator "NotIn" }}{{ $_ := set . "values" (concat .values $values.extraNamespaces) }}{{ end -}}
{{- end -}}
{{- if and (eq $values.certificates.mode "provided") $values.certificates.caBundle -}}
{{- $_ := set .clientConfig "caBundle" $values.certificates.caBundle -}}
{{- end -}}
{{- end -}}
{{- end -}}

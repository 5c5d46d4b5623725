"""Validates manifests: `validate.py MANIFESTS.yaml [KEDA_FOLDER]`. Prints a line for each resource; any that is wrong makes the exit 1.

Kubernetes' own kinds go by its schemas, which the package kubernetes-validate carries; no field may be unknown. KEDA's go by the
CRDs and the list of scalers of its module (folders `crds` and `scalers`); without the folder they are SKIPPED.
"""

import json
import sys
from pathlib import Path

import jsonschema
import kubernetes_validate
import yaml


def closed(schema):
    """The schema with no field allowed that it does not name: a server would drop such a field, and say nothing."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if "properties" in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        made.setdefault("additionalProperties", False)
    return made


def custom_schemas(folder):
    """By kind and version: the schema of each custom resource."""
    schemas = {}
    for path in sorted((folder / "crds").glob("*.yaml")):
        spec = yaml.safe_load(path.read_text())["spec"]
        for version in spec["versions"]:
            schema = closed(version["schema"]["openAPIV3Schema"])
            # The server knows what every resource's metadata may hold; the CRD does not say.
            schema["properties"]["metadata"] = {"type": "object"}
            schemas[spec["names"]["kind"], f"{spec['group']}/{version['name']}"] = schema
    return schemas


def scaler_parameters(folder):
    """By type of trigger: its parameters by name."""
    listed = json.loads((folder / "scalers/scalers-schema.json").read_text())["scalers"]
    return {scaler["type"]: {each["name"]: each for each in scaler["parameters"]} for scaler in listed}


def check_triggers(resource, scalers):
    for trigger in resource["spec"]["triggers"]:
        parameters = scalers[trigger["type"]]
        for name in trigger["metadata"]:
            if not parameters.get(name, {}).get("metadataVariableReadable"):
                raise ValueError(f"the scaler {trigger['type']} reads no {name} from metadata")
        for name, parameter in parameters.items():
            if not parameter.get("optional") and name not in trigger["metadata"]:
                raise ValueError(f"the scaler {trigger['type']} wants {name}")


def check(resource, custom, scalers):
    """What became of it. @raises an exception that says what is wrong."""
    kind = resource["kind"], resource["apiVersion"]
    if kind in custom:
        jsonschema.validate(resource, custom[kind])
        if kind[0] == "ScaledObject":
            check_triggers(resource, scalers)
        return "valid"
    if kind[1].startswith("keda.sh/") and not custom:
        return "SKIPPED: no CRDs of KEDA are given"
    kubernetes_validate.validate(resource, kubernetes_validate.latest_version(), strict=True)
    return "valid"


def main(manifests, keda=None):
    custom = custom_schemas(Path(keda)) if keda else {}
    scalers = scaler_parameters(Path(keda)) if keda else {}
    wrong = 0
    for resource in yaml.safe_load_all(Path(manifests).read_text()):
        try:
            verdict = check(resource, custom, scalers)
        except Exception as error:  # whatever it is, the others are still looked at
            verdict = f"WRONG: {getattr(error, 'message', error)}"
            wrong += 1
        print(f"{resource['kind']} {resource['metadata']['name']}: {verdict}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

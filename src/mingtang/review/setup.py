"""The workflow of three levels, laid once in a fresh database; laying it again changes nothing."""

from typing import Any

WORKFLOW = "三级审核"
GATES = ["politics", "law", "policy", "secrecy", "wording"]
LEVELS = ((1, "科室审核", "reviewer"), (2, "单位签发", "approver"), (3, "公开办终审", "office"))


def lay(apps: Any) -> None:
    """Make the three tasks, the workflow, and assign it to records; `apps` is the registry (also a migration's)."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    task_type, _made = content_types.get_or_create(app_label="review", model="gatetask")
    record_type, _made = content_types.get_or_create(app_label="records", model="record")
    workflow, _made = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(name=WORKFLOW)
    tasks = apps.get_model("review", "GateTask").objects
    steps = apps.get_model("wagtailcore", "WorkflowTask").objects
    for level, name, role in LEVELS:
        task, _made = tasks.get_or_create(
            level=level, defaults={"name": name, "role": role, "gates": GATES, "content_type_id": task_type.pk}
        )
        steps.get_or_create(workflow_id=workflow.pk, task_id=task.pk, defaults={"sort_order": level})
    apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
        content_type_id=record_type.pk, defaults={"workflow_id": workflow.pk}
    )

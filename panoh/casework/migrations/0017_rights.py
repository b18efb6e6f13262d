"""What people ask about their own files, and complaints."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import panoh.casework.models.retention
import panoh.casework.models.rights
from panoh.casework.fence_rights import DROP, FENCES, MAKE_ASKING, MAKE_DOOR, MAKE_END, MAKE_KEEPING


class Migration(migrations.Migration):
    dependencies = [("casework", "0016_retention"), ("vault", "0003_fence")]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.rights.complaint_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "reader",
                    models.SmallIntegerField(
                        choices=[
                            (1, "the data-protection officer"),
                            (2, "a coordinator, for it is about the data-protection officer"),
                        ],
                        default=1,
                        verbose_name="read by",
                    ),
                ),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(1, "received"), (2, "being looked into"), (3, "answered")],
                        default=1,
                        verbose_name="state",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="received on")),
                ("acknowledge_by", models.DateField(verbose_name="to be acknowledged by")),
                ("answer_by", models.DateField(verbose_name="to be answered by")),
                ("acknowledged_on", models.DateField(blank=True, null=True, verbose_name="acknowledged on")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                (
                    "answer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.person",
                    ),
                ),
                (
                    "words",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ComplaintAbout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="about", to="casework.complaint"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=panoh.casework.models.rights.right_code, max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                ("right", models.CharField(max_length=32, verbose_name="what is asked")),
                (
                    "state",
                    models.SmallIntegerField(choices=[(1, "open"), (2, "answered")], default=1, verbose_name="state"),
                ),
                ("by_code", models.BooleanField(default=False, verbose_name="asked with the code of a receipt")),
                ("asker", models.CharField(blank=True, max_length=32, verbose_name="who asked")),
                ("asker_check", models.CharField(blank=True, max_length=32, verbose_name="how it was made sure")),
                ("received_on", models.DateField(verbose_name="received on")),
                ("due_on", models.DateField(verbose_name="answer due on")),
                ("outcome", models.CharField(blank=True, max_length=32, verbose_name="outcome")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                (
                    "answer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rights_requests",
                        to="casework.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "words",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.sealedpart",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "fact",
                    models.SmallIntegerField(
                        choices=[(1, "name"), (2, "document"), (3, "contact"), (4, "address")], verbose_name="fact"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "change",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedpart"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="casework.rightsrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AskCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(help_text="SHA-256 of 80 random bits.", max_length=32, unique=True)),
                (
                    "lock",
                    models.BinaryField(
                        help_text="Public key (X25519) of which the code is the private one.", max_length=32
                    ),
                ),
                ("given_on", models.DateField(verbose_name="given on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ask_codes", to="casework.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)), fields=("person",), name="one_code_of_a_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DoorAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        help_text="Of the request or complaint.", max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                (
                    "content",
                    models.BinaryField(
                        help_text="Locked (HPKE) for the code: it opens to nobody else.", verbose_name="answer"
                    ),
                ),
                (
                    "ask_code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.askcode"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("reader__in", [1, 2])), name="complaint_reader_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acknowledged_on", None), ("state", 1)),
                    models.Q(("acknowledged_on__isnull", False), ("state__in", [2, 3])),
                    _connector="OR",
                ),
                name="complaint_acknowledged_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer__isnull", False),
                        ("answered_by__isnull", False),
                        ("answered_on__isnull", False),
                        ("state", 3),
                    ),
                    models.Q(
                        models.Q(("state", 3), _negated=True),
                        ("answer", None),
                        ("answered_by", None),
                        ("answered_on", None),
                    ),
                    _connector="OR",
                ),
                name="complaint_answered_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintabout",
            constraint=models.UniqueConstraint(fields=("complaint", "staff"), name="named_once"),
        ),
        migrations.AddIndex(
            model_name="rightsrequest",
            index=models.Index(condition=models.Q(("state", 1)), fields=["due_on"], name="rights_by_due"),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_by", None), ("settled_on", None), ("state", 1)),
                    models.Q(
                        ("settled_by__isnull", False),
                        ("settled_on__isnull", False),
                        ("state", 2),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="request_answered_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asker", ""), ("asker_check", ""), ("by_code", True), ("recorded_by", None)),
                    models.Q(
                        ("by_code", False),
                        ("recorded_by__isnull", False),
                        models.Q(("asker", ""), _negated=True),
                        models.Q(("asker_check", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="asker_was_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("received_on"))), name="request_due_after_it_came"
            ),
        ),
        migrations.RunSQL(MAKE_ASKING + MAKE_KEEPING + MAKE_DOOR + MAKE_END + FENCES, DROP),
    ]

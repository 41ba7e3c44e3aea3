"""A user as a project with django-scim2 has it."""

from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django_scim.models import AbstractSCIMUserMixin


class User(AbstractSCIMUserMixin, AbstractUser):
    """Django's user with what the library adds, and the groups that it asks for."""

    scim_groups = models.ManyToManyField(Group, related_name="scim_users")

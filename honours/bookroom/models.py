"""The titles of the bookroom."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from config.kit.money import MoneyField
from config.kit.person.fields import PublicAuthorsField
from config.kit.public_text import PublicCharField
from honours.education_point.models import EducationPoint, PointScopedQuerySet


class BookTitleQuerySet(PointScopedQuerySet):
    def copies_total(self):
        """册: the number of copies of all titles."""
        return self.aggregate(total=Sum("copies"))["total"] or 0


class BookTitle(models.Model):
    """图书目录: one title (种) of the farmers' bookroom with its copies (册)."""

    class Subject(models.TextChoices):
        POLITICS = "politics", _("politics and economy")
        SCIENCE = "science", _("science and technology")
        LIFE = "life", _("daily life")
        CULTURE = "culture", _("culture")
        CHILDREN = "children", _("for children")
        OTHER = "other", _("other subjects")

    point = models.ForeignKey(EducationPoint, models.PROTECT, related_name="books", verbose_name=_("education point"))
    book_no = models.CharField(_("number"), max_length=20)
    title = PublicCharField(_("title"), max_length=100, may_name=True)
    author = PublicAuthorsField(_("author"), max_length=60, blank=True, may_name=True)
    publisher = PublicCharField(_("publisher"), max_length=60, blank=True, may_name=True)
    published_in = models.PositiveSmallIntegerField(
        _("year of publication"), null=True, blank=True, validators=[MinValueValidator(1800), MaxValueValidator(2200)]
    )
    isbn = models.CharField(_("ISBN"), max_length=17, blank=True)
    subject = models.CharField(_("subject"), max_length=10, choices=Subject)
    copies = models.PositiveIntegerField(_("copies"), default=1, validators=[MinValueValidator(1)])
    price = MoneyField(_("price (yuan)"), null=True, blank=True)
    added_on = models.DateField(_("in the bookroom since"), null=True, blank=True)

    objects = BookTitleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("book title")
        verbose_name_plural = _("book titles")
        ordering = ["point_id", "book_no"]
        constraints = [models.UniqueConstraint("point", "book_no", name="book_number_once")]

    def __str__(self):
        return self.title

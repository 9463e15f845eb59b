"""stub"""

from atlas_print.atlas import Topic
from atlas_print.exports.values import Job, Made


def render_epub(job: Job, topic: Topic) -> Made:
    raise NotImplementedError


def render_epub_atlas(job: Job) -> Made:
    raise NotImplementedError

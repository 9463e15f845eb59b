"""stub"""

from atlas_print.atlas import Topic
from atlas_print.exports.values import Job, Made


def render_handout(job: Job, topic: Topic) -> Made:
    raise NotImplementedError

"""What both programs need: a reader of a topic, and exact decimals."""

from decimal import Decimal

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition


def read(bootstrap, topic, instrument, message, take):
    """Calls take(value) with each record of an instrument, from the oldest on, until it returns True."""
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            # Partitions are assigned by hand and no offset is kept: no group is joined.
            "group.id": "tutorial",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
        }
    )
    try:
        metadata = consumer.list_topics(topic, timeout=10).topics[topic]
        if metadata.error is not None:
            raise KafkaException(metadata.error)
        consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in metadata.partitions])
        while True:
            record = consumer.poll(1.0)
            if record is None:
                continue
            if record.error() is not None:
                raise KafkaException(record.error())
            if record.key().decode() != instrument or record.value() is None:
                continue
            if take(message.FromString(record.value())):
                return
    finally:
        consumer.close()


def decimal(message, field, exponent, index=0):
    """A field's value: its mantissa times ten to the exponent of its group, or the text in `wide` where 64 bits were too few."""
    number = message.DESCRIPTOR.fields_by_name[field].number
    for wide in message.wide:
        if wide.field == number and wide.index == index:
            return Decimal(wide.text)
    value = getattr(message, field)
    mantissa = value if isinstance(value, int) else value[index]
    # From text, which is exact: arithmetic would round to the context's precision.
    return Decimal(f"{mantissa}E{exponent}")


def text(value):
    """Without an exponent and without zeros at the end."""
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain

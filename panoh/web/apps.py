from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "panoh.web"
    label = "web"

    def ready(self) -> None:
        """Speak our words in every form."""
        from panoh.web.form_words import speak_plainly  # noqa: PLC0415  # forms may load only when apps are ready

        speak_plainly()
